"""Problems to measure the planners on, of any size, from a seed."""

"""The run of show of a livestream. `problem` says every rule; the package has the shape that `solving` describes."""

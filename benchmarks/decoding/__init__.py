"""What reads a ticket's code from a phone's camera, and how often: `python -m benchmarks.decoding`."""

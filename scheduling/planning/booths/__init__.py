"""Who stands where at a fair. `problem` says every rule; the package has the shape that `solving` describes."""

"""`make machines`: the cluster tried on machines that are really others."""

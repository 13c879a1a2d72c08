"""What `veillee check` looks at on this machine. What concerns a platform is in its adapter. Nothing is changed."""

"""One module a capability. None knows another's insides, a platform, or a database."""

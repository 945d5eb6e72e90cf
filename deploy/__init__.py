"""Several servers behind one address: docs/deploy.md."""

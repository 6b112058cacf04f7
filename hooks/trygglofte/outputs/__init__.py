"""What a site publishes beside its pages: one module per format, each giving text."""

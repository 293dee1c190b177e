"""All about keeping."""

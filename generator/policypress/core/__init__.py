"""The pure heart: values in, values out."""

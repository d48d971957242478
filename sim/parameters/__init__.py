"""The register of parameters: unit, plausible range, source, grade and explanation of every setting."""

"""The board's file: where it is, how it is opened, upgraded and kept safe."""

"""Translation: what is fixed in a segment, the engines that render the rest, verification and repair."""

"""The stations of a world in plain numbers: hours, limits, gateways and slots, as every engine reads them."""

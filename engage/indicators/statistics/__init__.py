"""The statistics behind what is published. Pure: plain values in, plain values out.

Shares are from 0 to 1. What cannot be worked out raises InvalidInputError with one sentence; no
function returns NaN. docs/statistics.md lists them all, and `engage statistics` runs them.
"""

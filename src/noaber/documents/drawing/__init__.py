"""Drawings as SVG, one for page and paper: bars, lines, maps, flows and marks.

Colours are presentation attributes, for where there is no style sheet (typst reads no classes),
and classes, so that the site's style sheet can change them (dark, narrow, print).
"""

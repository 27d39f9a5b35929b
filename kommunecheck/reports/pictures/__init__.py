"""Pictures, drawn once for every format that shows them: SVG as text.

What lies along a picture is told in per cent of its width, so that the text in it keeps its size whatever the width.
Colours and patterns are named by classes that whoever shows the picture fills in; each kind of loss has a colour and
a pattern of its own, so that none is told by colour alone.
"""

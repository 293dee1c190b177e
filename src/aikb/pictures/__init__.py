"""Pictures without what cameras and editors wrote into them, and their sizes; pure functions on bytes, no pixel changes.

| file | what it does |
| --- | --- |
| `clean` | tells formats by their first bytes; the only door to those that clean |
| `size` | how large a picture is drawn, by its first bytes |
| `jpeg`, `png`, `gif` | chunks of each format that show something, and no other |
| `riff` | WebP |
| `boxes` | AVIF, HEIC, JPEG XL, JPEG 2000, and film and sound in MP4 and QuickTime |
| `exif` | which way up a picture is, the one fact that is kept |
| `svg` | vector graphics without scripts, handlers and comments |
"""

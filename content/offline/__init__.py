"""The whole guide kept on a phone, to be read without a line.

The server makes a copy of every page of the guide in one language, as a stranger sees it, and packs it into
parts (`building`). A part's address is the digest of what it holds, so that a phone on a bad line goes on
where it stopped, and fetches of a newer guide only what has changed. What is in a copy is said by
`addresses`; when a copy is out of date, by `version`.
"""

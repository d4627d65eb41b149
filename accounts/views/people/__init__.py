"""The coordinator's pages: people, requests, invitations, staff lists."""

"""A preview of an edition: its files served to this machine, and what it takes to show them anew when they change."""

from teiwright.serving.board import Board
from teiwright.serving.server import Server
from teiwright.serving.watching import snapshot, watched

__all__ = ["Board", "Server", "snapshot", "watched"]

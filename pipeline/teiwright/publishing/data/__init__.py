"""The collection as data: tables, their description, and the letters in correspSearch's format."""

from teiwright.publishing.data.making import data_files

__all__ = ["data_files"]

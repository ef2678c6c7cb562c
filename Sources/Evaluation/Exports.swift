// Numbers as text belong to everyone who imports the tables: parsing, printing and the buffer to print into.
@_exported public import DecimalText

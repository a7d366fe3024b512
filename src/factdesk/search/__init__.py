"""The index: a pure function of the record, safe to delete, behind one small interface."""

"""Songgang (送岗): what people see. Doors by audience, rooms by noun."""

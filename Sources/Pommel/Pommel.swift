// Pommel

print("pommel")

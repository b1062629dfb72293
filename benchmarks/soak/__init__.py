"""What is too long for every change: very many transfers, steps, writers and kills."""

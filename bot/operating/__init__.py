"""For whoever runs Veillée: is it at work, and how much does it do?"""

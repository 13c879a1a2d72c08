"""Discord as far as the bot can tell, on this machine: its HTTP API and its gateway over real sockets.

    async with Double() as discord, pointed_at(discord):       # or: python -m tests.discord.launch <url> run …
        cercle = discord.guild("Le cercle")
        salon = cercle.text("salon")
        bo = cercle.join("Bo")
        …start the bot with the token "token"…
        await discord.gateway.ready()
        await bo.say(salon, "bonjour")
        asked = await (await bo.slash(salon, "session plan", theme="refuser")).answer()
        asked.text, asked.ephemeral, asked.modal
        await bo.submit(asked, {"Titre": "…"})
        await bo.click(await salon.heard("Je viens"), "Je viens")
        discord.faults.limit("POST", "/channels/*/messages")
        await discord.gateway.drop()

A body that Discord would refuse is answered 400, and fails the test when the double closes.
"""

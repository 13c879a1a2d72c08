// The clients of encrypted members, all in one process: matrix-js-sdk, which knows nothing of Veillée.
// Each line of the standard input is a request {id, member, method, with}, each line written is its answer
// {id, result} or {id, problem}, or news of a member {member, event | invitation | rooms}. Ends with its input.

import { createInterface } from "node:readline";

import { Attachment, EncryptedAttachment } from "@matrix-org/matrix-sdk-crypto-wasm";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import {
    AllDevicesIsolationMode,
    EventShieldColour,
    EventShieldReason,
    OnlySignedDevicesIsolationMode,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { PollEndEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollEndEvent.js";
import { PollResponseEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent.js";
import { PollStartEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollStartEvent.js";

const PATIENCE = 20_000;
const PAGE = 500;
const HISTORY = 200;

for (const level of ["log", "info", "debug", "trace", "warn"]) console[level] = () => {};
logger.setLevel("error");

function say(what) {
    process.stdout.write(JSON.stringify(what) + "\n");
}

class Client {
    constructor(name) {
        this.name = name;
        this.told = Promise.resolve(); // what arrives is told in its order, decrypted or not
        this.opened = new Map(); // what was read without a warning, by its id
    }

    // Signed, its account has keys that vouch for its devices, as every client makes them today. Strict, it
    // neither reads devices that are not vouched for nor speaks to them.
    async start({ url, user, token, device, password, signed, strict }) {
        this.matrix = sdk.createClient({
            baseUrl: url, userId: user, accessToken: token, deviceId: device, logger: logger.getChild(user),
        });
        await this.matrix.initRustCrypto({ useIndexedDB: false });
        this.crypto = this.matrix.getCrypto();
        if (signed) {
            const identifier = { type: "m.id.user", user };
            await this.crypto.bootstrapCrossSigning({
                authUploadDeviceSigningKeys: (upload) => upload({ type: "m.login.password", identifier, password }),
            });
        }
        this.crypto.setDeviceIsolationMode(
            strict ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false),
        );
        this.listen();
        const ready = this.until(() => this.matrix.isInitialSyncComplete(), "the first sync");
        await this.matrix.startClient({ initialSyncLimit: HISTORY });
        await ready;
    }

    async stop() {
        this.matrix?.stopClient();
    }

    listen() {
        this.matrix.on(sdk.RoomEvent.Timeline, (event, room, toStart, removed, data) => {
            if (data.liveEvent && event.status === null) this.tell(event);
        });
        // One's own come back: they are not told again by the timeline.
        this.matrix.on(sdk.RoomEvent.LocalEchoUpdated, (event) => {
            if (event.status === null) this.tell(event);
        });
        this.matrix.on(sdk.MatrixEventEvent.Decrypted, (event, error) => {
            if (!error && event.status === null) this.tell(event);
        });
        this.matrix.on(sdk.ClientEvent.Event, (event) => {
            const own = event.getType() === "m.room.member" && event.getStateKey() === this.matrix.getUserId();
            if (own && event.getContent().membership === "invite") {
                say({ member: this.name, invitation: { ...event.event, room_id: event.getRoomId() } });
            }
        });
        this.matrix.on(sdk.RoomEvent.MyMembership, (room, membership) => {
            if (membership !== "invite") say({ member: this.name, entered: room.roomId, membership });
        });
    }

    tell(event) {
        const raw = structuredClone(event.event);
        this.told = this.told.then(async () => say({ member: this.name, event: await this.read(raw) }));
        this.told = this.told.catch((problem) => process.stderr.write(`${problem.stack}\n`));
    }

    // As this member's client shows it, and what it would warn of.
    async read(raw) {
        if (raw.type !== "m.room.encrypted" || !raw.content.ciphertext) {
            return { ...raw, encrypted: false, unreadable: "", shield: "", warning: "" };
        }
        const known = this.opened.get(raw.event_id);
        if (known) return { ...raw, ...known };
        const event = this.matrix.getEventMapper({ decrypt: false })(raw);
        await this.matrix.decryptEventIfNeeded(event);
        if (event.isDecryptionFailure()) {
            return { ...raw, encrypted: true, unreadable: event.decryptionFailureReason, shield: "", warning: "" };
        }
        const info = await this.crypto.getEncryptionInfoForEvent(event);
        const opened = {
            type: event.getType(),
            content: event.getOriginalContent(),
            encrypted: true,
            unreadable: "",
            shield: EventShieldColour[info.shieldColour],
            warning: info.shieldReason === null ? "" : EventShieldReason[info.shieldReason],
        };
        if (!opened.warning) this.opened.set(raw.event_id, opened);
        return { ...raw, ...opened };
    }

    until(check, what) {
        return new Promise((resolve, reject) => {
            const deadline = Date.now() + PATIENCE;
            const look = () => {
                const found = check();
                if (found) resolve(found);
                else if (Date.now() > deadline) reject(new Error(`${this.name} waited in vain for ${what}`));
                else setTimeout(look, 10);
            };
            look();
        });
    }

    // A room this client does not know yet it would speak in without encryption. Synapse sometimes tells, after the
    // join, of the invitation before it as the state: what was told last in its order is believed as well.
    async room(id) {
        const mine = (event) => event.getType() === "m.room.member" && event.getStateKey() === this.matrix.getUserId();
        const joined = () => {
            const room = this.matrix.getRoom(id);
            const last = room?.getLiveTimeline().getEvents().filter(mine).at(-1)?.getContent().membership;
            return [room?.getMyMembership(), last].includes("join") && room;
        };
        return this.until(joined, `the room ${id}`);
    }

    async isEncrypted({ room }) {
        return this.crypto.isEncryptionEnabledInRoom((await this.room(room)).roomId);
    }

    async becomesEncrypted({ room }) {
        const known = await this.room(room);
        await this.until(() => known.hasEncryptionStateEvent(), `encryption in ${room}`);
    }

    async members({ room }) {
        const known = await this.room(room);
        return Object.fromEntries(known.getMembers().map((member) => [member.userId, member.membership]));
    }

    async send({ room, type, content }) {
        await this.room(room);
        return (await this.matrix.sendEvent(room, null, type, content)).event_id;
    }

    async readAll({ room }) {
        const found = [];
        let from = null;
        do {
            const page = await this.matrix.createMessagesRequest(room, from, PAGE, "b");
            found.push(...page.chunk);
            from = page.end ?? null;
        } while (from !== null);
        await this.told;
        const read = [];
        for (const raw of found.reverse()) read.push(await this.read({ ...raw, room_id: room }));
        return read;
    }

    // Files

    async seal({ data }) {
        const sealed = Attachment.encrypt(Buffer.from(data, "base64"));
        const file = JSON.parse(sealed.mediaEncryptionInfo);
        return { data: Buffer.from(sealed.encryptedData).toString("base64"), file };
    }

    async unseal({ data, file }) {
        const sealed = new EncryptedAttachment(Buffer.from(data, "base64"), JSON.stringify(file));
        return Buffer.from(Attachment.decrypt(sealed)).toString("base64");
    }

    // Polls, as the library's own classes write and read them

    async openPoll({ room, question, answers }) {
        const { type, content } = PollStartEvent.from(question, answers, "org.matrix.msc3381.poll.disclosed").serialize();
        return this.send({ room, type, content });
    }

    async vote({ room, poll, answers }) {
        const { type, content } = PollResponseEvent.from(answers, poll).serialize();
        return this.send({ room, type, content });
    }

    async endPoll({ room, poll, text }) {
        const { type, content } = PollEndEvent.from(poll, text).serialize();
        return this.send({ room, type, content });
    }

    async poll({ room, poll }) {
        const known = await this.room(room);
        const { pollEvent, isEnded } = await this.until(() => known.polls.get(poll), `the poll ${poll}`);
        const answers = pollEvent.answers.map((answer) => ({ id: answer.id, text: answer.text }));
        return { question: pollEvent.question.text, answers, ended: isEnded, kind: pollEvent.kind.name };
    }

    // Trust

    async devices({ user }) {
        const found = {};
        const known = await this.crypto.getUserDeviceInfo([user], true);
        for (const id of known.get(user)?.keys() ?? []) {
            found[id] = (await this.crypto.getDeviceVerificationStatus(user, id)).signedByOwner;
        }
        return found;
    }
}

const clients = new Map();

async function answer({ id, member, method, with: given }) {
    try {
        if (!clients.has(member)) clients.set(member, new Client(member));
        say({ id, result: (await clients.get(member)[method](given ?? {})) ?? null });
        if (method === "stop") clients.delete(member);
    } catch (problem) {
        say({ id, problem: { message: problem.stack, errcode: problem.errcode ?? "", status: problem.httpStatus ?? 0 } });
    }
}

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => answer(JSON.parse(line)));
lines.on("close", () => process.exit(0));
process.on("unhandledRejection", (problem) => process.stderr.write(`${problem?.stack ?? problem}\n`));

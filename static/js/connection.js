// @ts-check
/**
 * The page's one line to the server: requests with answers over the WebSocket. The only file that touches socket.io.
 */
import { io as socketIo } from "../vendor/socket.io.js";

/** @typedef {import("./types.js").ConnectionStatus} ConnectionStatus */
/** @typedef {import("./types.js").Exchanges} Exchanges */
/** @typedef {import("./types.js").Refusal} Refusal */
/** @typedef {"offline" | "timeout" | "lost" | "closed"} ConnectionErrorKind */

/**
 * What this file needs of a socket.io socket.
 * @typedef {object} SocketLike
 * @property {boolean} connected
 * @property {boolean} active it reconnects by itself
 * @property {(event: string, listener: (...values: any[]) => void) => unknown} on
 * @property {() => unknown} connect
 * @property {() => unknown} disconnect
 * @property {(ms: number) => {emitWithAck: (event: string, payload: unknown) => Promise<any>}} timeout
 */

/** @typedef {(url: string, options: Record<string, unknown>) => SocketLike} OpenSocket */

/**
 * A promised answer and the number of its request: drop an answer whose number is older than the last one you want.
 * @template {keyof Exchanges} E
 * @typedef {Promise<Exchanges[E]["answer"] | Refusal> & {readonly sequence: number}} Reply
 */

/**
 * @typedef {object} Connection
 * @property {<E extends keyof Exchanges>(event: E, payload: Exchanges[E]["payload"], options?: {timeoutMs?: number}) => Reply<E>} request
 * @property {ConnectionStatus} status
 * @property {() => void} close
 */

/** A connection that also tells what the server says unasked. @typedef {Connection & {on: (event: string, listener: (told: any) => void) => void}} Line */

/**
 * @typedef {object} OpenRequest
 * @property {string} event
 * @property {unknown} payload
 * @property {number} timeoutMs
 * @property {number} attempts how often it was sent
 * @property {number} excused how often of these the server stopped
 * @property {boolean} sent it is on its way over the present connection
 * @property {(answer: any) => void} answer
 * @property {(kind: ConnectionErrorKind) => void} fail
 */

const QUICKEST_RETRY_MS = 250;
const SLOWEST_RETRY_MS = 2000;
const QUIET_MS = 6000; // a server that stops is soon there again, or another one is: nobody needs to hear of it before
const TOO_MUCH_MS = 1000; // after a refusal of "rate", the question is asked again, twice at most
/** What must not be done twice: whether it was done is not known when the connection is lost. */
const ONCE = new Set(["class_start", "class_ask"]);
const MOST_ATTEMPTS = 3; // a request at which the server hangs up must not take every later connection with it
const SOCKET_OPTIONS = Object.freeze({
  transports: ["websocket"],
  reconnectionDelay: QUICKEST_RETRY_MS,
  reconnectionDelayMax: SLOWEST_RETRY_MS,
  timeout: 5000,
});

const MESSAGES = Object.freeze({
  offline: "The server could not be reached.",
  timeout: "The server did not answer in time.",
  lost: "The connection broke each time this was asked.",
  closed: "The connection is closed.",
});

/** The server takes two requests of a connection at a time; the others wait here, in order. */
const MOST_IN_FLIGHT = 2;

/** A request without answer: "offline" never sent, "timeout" sent, "lost" sent and cut off thrice, "closed" by the page. */
export class ConnectionError extends Error {
  /** @param {ConnectionErrorKind} kind @param {string} event @param {number} sequence */
  constructor(kind, event, sequence) {
    super(MESSAGES[kind]);
    this.name = "ConnectionError";
    this.kind = kind;
    this.event = event;
    this.sequence = sequence;
  }
}

/**
 * Open the line to the server.
 *
 * A request made while there is no connection is sent when there is one, and one whose connection is lost is sent
 * again, twice at most: a request is a question that may be asked again, but for those of `ONCE`. A refusal is an answer (`ok: false`), not an error.
 * @param {{url?: string, onStatus?: (status: ConnectionStatus) => void, io?: OpenSocket, random?: () => number}} [options]
 * @returns {Line}
 */
export function connect({ url = "/", onStatus = () => {}, io = socketIo, random = Math.random } = {}) {
  /** @type {Set<OpenRequest>} */
  const open = new Set();
  /** @type {ConnectionStatus} */
  let status = "connecting";
  let everConnected = false;
  let sequence = 0;
  let retryMs = QUICKEST_RETRY_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retryTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaveTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let quietTimer;
  /** @type {"no" | "told" | "leaving" | "away"} the server stops, and we go elsewhere */
  let move = "no";

  onStatus(status);
  const socket = io(url, { ...SOCKET_OPTIONS });

  /** @param {ConnectionStatus} next */
  function setStatus(next) {
    if (status === next || status === "closed") return;
    status = next;
    onStatus(next);
  }

  /** @param {OpenRequest} request */
  function send(request) {
    if (!socket.connected || move === "leaving" || request.sent || [...open].filter(({ sent }) => sent).length >= MOST_IN_FLIGHT) return;
    request.sent = true;
    const attempt = ++request.attempts;
    socket.timeout(request.timeoutMs).emitWithAck(request.event, request.payload).then((answer) => {
      retryMs = QUICKEST_RETRY_MS;
      if (answer?.error?.field === "rate") setTimeout(() => askAgain(request, attempt, answer), TOO_MUCH_MS);
      else request.answer(answer);
    }, () => {
      if (request.attempts === attempt) request.sent = false;
    });
  }

  /**
   * The server takes no more just now: ask again, and tell a refusal only when it was the third.
   * @param {OpenRequest} request @param {number} attempt @param {any} answer
   */
  function askAgain(request, attempt, answer) {
    if (!open.has(request) || request.attempts !== attempt) return; // its time is up, or it was sent again already
    if (attempt >= MOST_ATTEMPTS) return request.answer(answer);
    request.sent = false;
    open.forEach(send);
  }

  socket.on("connect", () => {
    everConnected = true;
    move = "no";
    clearTimeout(quietTimer);
    quietTimer = undefined;
    clearTimeout(leaveTimer);
    setStatus("connected");
    open.forEach(send);
  });
  socket.on("disconnect", () => {
    for (const request of open) {
      const wasSent = request.sent;
      if (move !== "no" && wasSent) request.excused += 1; // no fault of the request's
      request.sent = false;
      if (wasSent && ONCE.has(request.event) || request.attempts - request.excused >= MOST_ATTEMPTS) request.fail("lost");
    }
    if (move !== "no") move = "away";
    clearTimeout(leaveTimer);
    retry();
  });
  socket.on("connect_error", retry);
  socket.on("server_stopping", (/** @type {{seconds?: unknown} | undefined} */ news) => {
    if (status === "closed" || move !== "no") return;
    const seconds = Number(news?.seconds);
    move = "told";
    leaveTimer = setTimeout(() => {
      move = "leaving";
      leaveWhenAnswered();
    }, random() * 1000 * (seconds > 0 ? Math.min(seconds, 60) : 0)); // not all of a class at once
  });

  /** Hang up on a server that stops, once it has answered; others call again in a moment, and so do we. */
  function leaveWhenAnswered() {
    if (move === "leaving" && ![...open].some(({ sent }) => sent)) socket.disconnect();
  }

  /** Say so, and see to the cases that socket.io gives up: a server that hung up or turned us away. */
  function retry() {
    if (status === "closed") return;
    if (move === "away") quietTimer ??= setTimeout(() => {
      quietTimer = undefined;
      move = "no";
      if (!socket.connected) setStatus("reconnecting");
    }, QUIET_MS);
    else setStatus(everConnected ? "reconnecting" : "connecting");
    if (socket.active) return;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => socket.connect(), retryMs);
    retryMs = Math.min(retryMs * 2, SLOWEST_RETRY_MS);
  }

  /** @type {Connection["request"]} */
  function request(event, payload, { timeoutMs = 8000 } = {}) {
    const own = ++sequence;
    const reply = new Promise((resolve, reject) => {
      /** @param {() => void} settle */
      const finish = (settle) => {
        clearTimeout(timer);
        open.delete(asked);
        open.forEach(send);
        leaveWhenAnswered();
        settle();
      };
      /** @type {OpenRequest} */
      const asked = {
        event, payload, timeoutMs, attempts: 0, excused: 0, sent: false,
        answer: (answer) => finish(() => resolve(answer)),
        fail: (kind) => finish(() => reject(new ConnectionError(kind, event, own))),
      };
      const timer = setTimeout(() => asked.fail(asked.attempts > 0 ? "timeout" : "offline"), timeoutMs);
      open.add(asked);
      if (status === "closed") asked.fail("closed");
      else send(asked);
    });
    return Object.assign(reply, { sequence: own });
  }

  function close() {
    setStatus("closed");
    for (const timer of [retryTimer, leaveTimer, quietTimer]) clearTimeout(timer);
    socket.disconnect();
    for (const asked of open) asked.fail("closed");
  }

  const on = (/** @type {string} */ event, /** @type {(told: any) => void} */ listener) => void socket.on(event, listener);

  return { request, close, on, get status() { return status; } };
}

// @ts-check
// A connection to nowhere: what the socket does is what the test says.
import { connect, ConnectionError } from "../../static/js/connection.js";

/** @typedef {import("../../static/js/types.js").ConnectionStatus} ConnectionStatus */
/** @typedef {{event: string, payload: any, timeoutMs: number, answer: (value: any) => void, lose: () => void}} Sent */

/** A socket that does what the test says. */
export class FakeSocket {
  connected = false;
  active = true;
  connectCalls = 0;
  disconnectCalls = 0;
  /** @type {Sent[]} */ sent = [];
  /** @type {Map<string, (...values: any[]) => void>} */ listeners = new Map();

  /** @param {string} event @param {(...values: any[]) => void} listener */
  on(event, listener) { this.listeners.set(event, listener); }
  connect() { this.connectCalls += 1; }
  disconnect() { this.disconnectCalls += 1; this.drop("io client disconnect"); }
  /** @param {number} timeoutMs */
  timeout(timeoutMs) {
    return {
      /** @param {string} event @param {any} payload @returns {Promise<any>} */
      emitWithAck: (event, payload) => new Promise((resolve, reject) => {
        this.sent.push({ event, payload, timeoutMs, answer: resolve, lose: () => reject(new Error("socket has been disconnected")) });
      }),
    };
  }
  /** @param {number} seconds */
  stop(seconds) { this.listeners.get("server_stopping")?.({ seconds }); }
  open() { this.connected = true; this.active = true; this.listeners.get("connect")?.(); }
  /** @param {string} [reason] */
  drop(reason = "transport close") {
    this.connected = false;
    this.active = reason === "transport close";
    for (const { lose } of this.sent) lose();
    this.listeners.get("disconnect")?.(reason);
  }
  /** @param {boolean} active */
  refuse(active) { this.active = active; this.listeners.get("connect_error")?.(new Error("refused")); }
}

/** A connection over such a socket, with the status it told. */
export function start() {
  const socket = new FakeSocket();
  /** @type {ConnectionStatus[]} */
  const seen = [];
  /** @type {{url: string, options: Record<string, unknown>}[]} */
  const opened = [];
  /** @param {string} url @param {Record<string, unknown>} options */
  const io = (url, options) => {
    options.path = "/socket.io"; // the real one writes into its options
    opened.push({ url, options });
    return socket;
  };
  const connection = connect({ onStatus: (status) => seen.push(status), io, random: () => 0.5 });
  return { socket, seen, opened, connection };
}

/** @param {string} kind */
export const failure = (kind) => (/** @type {unknown} */ error) => error instanceof ConnectionError && error.kind === kind;

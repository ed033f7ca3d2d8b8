/* Says so when the page has lost its kernel or its server: stock Voila shows nothing and every button goes dead.
 *
 * Every WebSocket to a kernel is watched. When one closes, the server is asked about the kernel: gone or restarted
 * empty means that this session is over (only opening the page again helps); no answer means that the server is away,
 * and it is asked again until it answers. A page that keeps the work in hand says so in body[data-chibo-kept].
 */
(() => {
  const words = window.chiboWords;
  const ASK_EVERY = 2500; // ms
  const SMALL = 8192; // bytes; a status message is far smaller, so larger messages are not looked into
  const channel = /\/api\/kernels\/([\w-]+)\/channels/;
  const decoder = new TextDecoder();
  let over = false;
  let leaving = false;
  let asking = 0;

  const banner = () => document.getElementById("cb-connection");

  const show = (text, kind) => {
    const place = banner();
    if (!place) return;
    const message = document.createElement("span");
    message.textContent = [text, document.body.dataset.chiboKept].filter(Boolean).join(" ");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.reopen;
    button.addEventListener("click", () => window.location.reload());
    place.replaceChildren(message, button);
    place.dataset.kind = kind;
    place.hidden = false;
  };

  const hide = () => {
    const place = banner();
    if (place && !over) place.hidden = true;
  };

  const sessionOver = () => {
    if (over || leaving) return;
    over = true;
    window.clearTimeout(asking);
    document.body.dataset.chiboConnection = "over";
    show(words.session_over, "over");
  };

  const ask = async (kernel) => {
    if (over || leaving) return;
    try {
      const answer = await fetch(`${window.location.origin}/api/kernels/${kernel}`, { cache: "no-store" });
      if (answer.status === 404) return sessionOver();
      show(words.reconnecting, "lost");
    } catch {
      show(words.server_away, "lost");
    }
    document.body.dataset.chiboConnection = "lost";
    window.clearTimeout(asking);
    asking = window.setTimeout(() => ask(kernel), ASK_EVERY);
  };

  const connected = () => {
    window.clearTimeout(asking);
    if (over) return;
    document.body.dataset.chiboConnection = "open";
    hide();
  };

  /* The v1 protocol: a count of offsets, the offsets (64 bits, little endian), then channel, header, …, content. */
  const executionState = (buffer) => {
    const view = new DataView(buffer);
    const count = Number(view.getBigUint64(0, true));
    if (count < 6 || 8 * (count + 1) > buffer.byteLength) return "";
    const part = (index) => {
      const start = Number(view.getBigUint64(8 * (index + 1), true));
      const end = Number(view.getBigUint64(8 * (index + 2), true));
      return decoder.decode(buffer.slice(start, end));
    };
    return JSON.parse(part(1)).msg_type === "status" ? JSON.parse(part(4)).execution_state : "";
  };

  const look = (event) => {
    const data = event.data;
    if (!(data instanceof ArrayBuffer) || data.byteLength > SMALL || data.byteLength < 64) return;
    try {
      const state = executionState(data);
      if (state === "dead" || state === "restarting" || state === "autorestarting") sessionOver();
    } catch {
      // not a message of the v1 protocol: nothing to learn from it
    }
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(url, protocols) {
      super(url, protocols);
      const match = channel.exec(String(url));
      if (!match) return;
      this.addEventListener("open", connected);
      this.addEventListener("message", look);
      this.addEventListener("close", () => leaving || ask(match[1]));
    }
  };

  window.addEventListener("beforeunload", () => {
    leaving = true;
  });
})();

/* Says so when the page has lost its kernel or its server: stock Voila shows nothing and every button goes dead.
 *
 * Every WebSocket to a kernel is watched. When one closes, the server is asked about the kernel: gone or restarted
 * empty means that this session is over (only opening the page again helps); no answer means that the server is away,
 * and it is asked again until it answers. A page that keeps the work in hand says so in body[data-chibo-kept], one with
 * work that is kept nowhere in body[data-chibo-unkept].
 *
 * Until the first WebSocket is open nobody else would see that something is gone: the server is asked all the while.
 * Until the front end makes it, a page that is left ends its kernel from here.
 */
(() => {
  const words = window.chiboWords;
  const ASK_EVERY = 2500; // ms
  const SMALL = 8192; // bytes; a status message is far smaller, so larger messages are not looked into
  const channel = /\/api\/kernels\/([\w-]+)\/channels/;
  const decoder = new TextDecoder();
  const HERE_AGAIN_AFTER = 5000; // ms; a page that is still here then was not left after all
  let opening = true; // until the page has its connection
  let ours = true; // until the front end ends the kernel of a page that is left
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

  const end = (text) => {
    if (over || leaving) return;
    over = true;
    window.clearTimeout(asking);
    document.body.dataset.chiboConnection = "over";
    if (opening) stopOpening();
    show(text, "over");
  };

  const sessionOver = () => end(words.session_over);
  const notOpened = () => end(words.error_text);

  /* What waits to be drawn stays hidden: it would be English words of the front end. */
  const stopOpening = () => {
    document.getElementById("loading")?.remove();
    document.getElementById("rendered_cells")?.setAttribute("hidden", "");
  };

  /* The kernel of the page; "" until it was started. */
  const kernelOfPage = () => {
    try {
      return JSON.parse(document.getElementById("jupyter-config-data").textContent).kernelId;
    } catch {
      return "";
    }
  };

  /* Whether there is a kernel, or, while there is none to ask about, at least a server. */
  const askAbout = (kernel) => {
    const address = kernel ? `${window.location.origin}/api/kernels/${kernel}` : document.querySelector("link[rel=icon]").href;
    return fetch(address, { cache: "no-store" });
  };

  /* While the page still comes in, the server itself says what becomes of its kernel. */
  const watchOpening = async () => {
    if (!opening || over) return;
    const kernel = kernelOfPage();
    const comingIn = document.readyState === "loading" && !window.cellLoaded; // cellLoaded: all cells ran
    try {
      const answer = await askAbout(kernel);
      if (opening && !comingIn && (!kernel || answer.status === 404)) notOpened();
    } catch {
      if (opening && !leaving) {
        stopOpening();
        show(words.server_away, "lost");
      }
    }
    window.setTimeout(watchOpening, ASK_EVERY);
  };

  const ask = async (kernel) => {
    if (over || leaving) return;
    try {
      const answer = await askAbout(kernel);
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
    opening = false;
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
      ours = false;
      this.addEventListener("open", connected);
      this.addEventListener("message", look);
      this.addEventListener("close", () => leaving || ask(match[1]));
    }
  };

  /* Work that is kept nowhere: the browser asks before it goes, and the kernel lives on for whoever stays. */
  const stayFirst = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation(); // the front end would end the kernel before the answer is given
    ours = true;
  };

  /* A page that is left closes its WebSockets, which is no trouble; the front end ends its kernel then. A reader who
   * stays after all, having stopped the next page, or who comes back to the page as it was, has lost the kernel. */
  window.addEventListener("beforeunload", (event) => {
    if (document.body.hasAttribute("data-chibo-unkept")) return stayFirst(event);
    leaving = true;
    window.setTimeout(() => {
      leaving = false;
      if (kernelOfPage()) ask(kernelOfPage());
    }, HERE_AGAIN_AFTER);
  });
  window.addEventListener("pagehide", () => {
    if (!ours || !kernelOfPage()) return;
    const proof = new FormData();
    proof.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`${window.location.origin}/voila/api/shutdown/${kernelOfPage()}`, proof);
  });
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());

  window.chiboNotOpened = notOpened;
  window.chiboNotWatched = () => {
    opening = false;
    ours = false;
  };
  window.setTimeout(watchOpening, ASK_EVERY);
})();

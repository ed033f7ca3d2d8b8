// Drafts: what is being worked on, kept in this browser alone. The acts since the book was opened lie in localStorage,
// written the moment they happen; the file they start from lies in IndexedDB, which has room for it.

const DRAFT_KEY = "chibo.chi-bo.draft.";
const DRAFT_SCHEMA = 1;
const MOST_DRAFTS = 5;

function listDrafts() {
  const found = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (!key.startsWith(DRAFT_KEY)) continue;
      const draft = readDraft(key.slice(DRAFT_KEY.length));
      if (draft && draft.acts.length > 0) found.push(draft);
    }
  } catch {
    return [];
  }
  return found.sort((one, other) => other.savedAt.localeCompare(one.savedAt));
}

function readDraft(id) {
  try {
    const draft = JSON.parse(localStorage.getItem(DRAFT_KEY + id));
    return draft && draft.schema === DRAFT_SCHEMA && draft.id === id && Array.isArray(draft.acts) ? draft : null;
  } catch {
    return null;
  }
}

// Writes the draft; false where the browser has no room or keeps nothing.
function writeDraft(draft, savedAt = new Date().toISOString()) {
  draft.savedAt = savedAt;
  try {
    localStorage.setItem(DRAFT_KEY + draft.id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

async function dropDraft(id) {
  localStorage.removeItem(DRAFT_KEY + id);
  await withFiles("readwrite", (files) => files.delete(id)).catch(() => {});
}

// Keeps the newest drafts and those that windows have open; one in which nothing was done is not kept once another book
// is opened.
async function dropOldDrafts(current) {
  const kept = new Set([current, ...(await openDrafts()), ...listDrafts().slice(0, MOST_DRAFTS).map((draft) => draft.id)]);
  const all = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT_KEY)).map((key) => key.slice(DRAFT_KEY.length));
  for (const id of all) if (!kept.has(id)) await dropDraft(id);
}

// A window that works on a draft holds its lock, which the browser lets go when the window is closed. Returns how to let
// it go before.
function holdDraft(id) {
  let letGo = () => {};
  const held = new Promise((done) => { letGo = done; });
  if (navigator.locks) navigator.locks.request(DRAFT_KEY + id, { ifAvailable: true }, (lock) => (lock ? held : undefined)).catch(() => {});
  return letGo;
}

// The drafts that windows of this browser work on, this one included.
async function openDrafts() {
  if (!navigator.locks) return [];
  const { held } = await navigator.locks.query();
  return held.filter((lock) => lock.name.startsWith(DRAFT_KEY)).map((lock) => lock.name.slice(DRAFT_KEY.length));
}

// A second draft with the same work in it: two windows writing one would take each other's work away.
function copyOfDraft(draft) {
  const copy = { ...draft, id: crypto.randomUUID().replaceAll("-", "") };
  writeDraft(copy);
  return copy;
}

async function keepFile(id, bytes) {
  await withFiles("readwrite", (files) => files.put(bytes, id));
}

async function fileOf(id) {
  return withFiles("readonly", (files) => files.get(id));
}

function withFiles(mode, work) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("chibo", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("files");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const base = opening.result;
      const transaction = base.transaction("files", mode);
      const request = work(transaction.objectStore("files"));
      transaction.oncomplete = () => { base.close(); done(request.result); };
      transaction.onabort = () => { base.close(); fail(transaction.error); };
    };
  });
}

/** What this browser keeps: one key, in the tab's storage, or on the device after the citizen has ticked it. */

export const STORE_KEY = "mot-cua.chat.2";

export class Store {
  /** tab, device: Storage or null. A storage that is full or forbidden is as good as none: only a reload then forgets. */
  constructor(tab, device) {
    this.tab = tab;
    this.device = device;
    this.onDevice = this.readFrom(device) !== null;
  }

  /** What was kept last, null when nothing or nothing readable. */
  read() {
    return this.readFrom(this.onDevice ? this.device : this.tab);
  }

  readFrom(storage) {
    try {
      const kept = JSON.parse(storage?.getItem(STORE_KEY) ?? "null");
      return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : null;
    } catch {
      return null; // not ours, or forbidden
    }
  }

  write(state) {
    try {
      (this.onDevice ? this.device : this.tab)?.setItem(STORE_KEY, JSON.stringify(state));
    } catch {
      // full or forbidden
    }
  }

  /** Move to the device's storage, or back to the tab's: never in both. */
  keepOnDevice(wanted, state) {
    this.clear();
    this.onDevice = wanted;
    this.write(state);
  }

  /** Has another tab erased what this device kept? event: window's "storage". */
  lostBy(event) {
    return this.onDevice && event.storageArea === this.device && (event.key === STORE_KEY || event.key === null) && event.newValue === null;
  }

  clear() {
    for (const storage of [this.tab, this.device]) {
      try {
        storage?.removeItem(STORE_KEY);
      } catch {
        // nothing was kept
      }
    }
    this.onDevice = false;
  }
}

/** window.sessionStorage or localStorage; null where the browser forbids even asking. */
export function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

export type Slots = {
  /** A place to read one body for this peer, sooner or later; null when its line is full. Give it back with `leave`. */
  enter(peer: string): Promise<{ leave(): void } | null>;
};

type Peer = { reading: number; line: (() => void)[] };

/** At most `places` bodies are read at once per peer; others stand in a line of at most `line`. */
export function createSlots({ places = 16, line = 256 } = {}): Slots {
  const peers = new Map<string, Peer>();

  function leaver(name: string, peer: Peer) {
    let left = false;
    return {
      leave() {
        if (left) {
          return;
        }
        left = true;
        const next = peer.line.shift();
        if (next) {
          next();
        } else {
          peer.reading -= 1;
          if (peer.reading === 0) {
            peers.delete(name);
          }
        }
      },
    };
  }

  return {
    async enter(name) {
      const peer = peers.get(name) ?? { reading: 0, line: [] };
      peers.set(name, peer);
      if (peer.reading < places) {
        peer.reading += 1;
      } else if (peer.line.length < line) {
        // Whoever leaves hands the place over: `reading` stays as it is.
        await new Promise<void>((resolve) => peer.line.push(resolve));
      } else {
        return null;
      }
      return leaver(name, peer);
    },
  };
}

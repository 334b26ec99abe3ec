/** @jsxImportSource preact */
import { customersSamples } from '../samples/samples.ts';
import { words } from '../words.ts';
import type { Address } from './bubble.tsx';
import { Icon } from './icons.tsx';

/** What opens above the text: a file from this computer, or one that is ready. */
export function Attach({ address, quote }: { address: Address; quote: string | undefined }) {
  return (
    <details class="attach" data-key="attach">
      <summary class="btn btn--quiet btn--icon">
        <Icon name="attach" />
        <span class="vh">{words.attach}</span>
      </summary>
      <div class="attach__panel">
        <form
          class="attach__form"
          method="post"
          action={`${address.actions}/files`}
          encType="multipart/form-data"
        >
          <input type="hidden" name="number" value={address.number} />
          {quote && <input type="hidden" name="quote" value={quote} />}
          <div class="field">
            <label for="file">{words.chooseFile}</label>
            <input id="file" name="file" type="file" required />
          </div>
          <div class="field">
            <label for="caption">{words.caption}</label>
            <input id="caption" name="caption" maxLength={1024} autocomplete="off" />
          </div>
          <button type="submit" class="btn btn--primary">
            {words.sendFile}
          </button>
        </form>
        <form class="attach__samples" method="post" action={`${address.actions}/samples`}>
          <input type="hidden" name="number" value={address.number} />
          {quote && <input type="hidden" name="quote" value={quote} />}
          <b>{words.samplesHeading}</b>
          {customersSamples.map((name) => (
            <button key={name} type="submit" class="btn" name="sample" value={name}>
              {words.samples[name]}
            </button>
          ))}
        </form>
      </div>
    </details>
  );
}

/** @jsxImportSource preact */
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';

/** A single-use link that was used, is too old, or never was. */
export const LinkExpired = () => (
  <Bare title={words.expired.title} isMiddle>
    <div>
      <h1 class="title">{words.expired.title}</h1>
      <p class="small">{words.expired.text}</p>
    </div>
    <p>
      <a class="btn" href="/login">
        {words.expired.signIn}
      </a>
    </p>
  </Bare>
);

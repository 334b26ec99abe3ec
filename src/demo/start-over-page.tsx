/** @jsxImportSource preact */
import { Bare } from '#views/layouts/bare.tsx';
import { words } from './words.ts';

export const StartOverPage = () => (
  <Bare title={words.startOver}>
    <h1 class="title">{words.startOverTitle}</h1>
    <p>{words.startOverText}</p>
    <form class="bar" method="post" action="/demo/reset">
      <button type="submit" class="btn btn--primary">
        {words.startOver}
      </button>
      <a class="btn" href="/inbox">
        {words.keep}
      </a>
    </form>
  </Bare>
);

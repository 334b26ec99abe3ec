/** @jsxImportSource preact */
import { Icon } from './icon.tsx';

/** What was just done, above the page that shows it; needs the icon `okc`. */
export const Said = ({ text }: { text: string | undefined }) =>
  text === undefined ? null : (
    <p class="state state--ok page__said" role="status">
      <Icon name="okc" />
      {text}
    </p>
  );

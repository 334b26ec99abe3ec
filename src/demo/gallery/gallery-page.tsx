/** @jsxImportSource preact */
import { Bare } from '#views/layouts/bare.tsx';
import { words } from '../words.ts';

export const GalleryPage = () => (
  <Bare title={words.gallery}>
    <h1 class="title">{words.gallery}</h1>
    <p>{words.galleryText}</p>
    <form class="bar" method="post" action="/demo/gallery">
      <button type="submit" class="btn btn--primary">
        {words.showGallery}
      </button>
      <a class="btn" href="/inbox">
        {words.backToInbox}
      </a>
    </form>
  </Bare>
);

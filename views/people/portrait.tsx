/** @jsxImportSource preact */
import { TeamMark } from '../shared/ring.tsx';

/** Somebody of the team: their picture, else their initials. The name stands beside it. */
export const Portrait = ({ name, picture }: { name: string; picture: string | null }) =>
  picture === null ? (
    <TeamMark name={name} />
  ) : (
    <img class="portrait" src={picture} alt="" width={40} height={40} />
  );

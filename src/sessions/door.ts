import { Elysia } from 'elysia';
import type { DoorServices } from './door-services.ts';
import { ownSessions } from './own-routes.tsx';
import { ownPasskeys } from './passkey-routes.tsx';
import { ownPassword } from './password-routes.tsx';
import { proof } from './proof-routes.tsx';
import { sessions } from './routes.tsx';
import { secondFactor } from './second-factor-routes.tsx';
import { signInFurther } from './sign-in-routes.tsx';

/** Signing in, and everything by which somebody does. */
export const door = (services: DoorServices, parts: { wait?: (ms: number) => Promise<void> } = {}) =>
  new Elysia({ name: 'door' })
    .use(sessions(services, parts))
    .use(signInFurther(services))
    .use(proof(services, parts))
    .use(ownSessions(services))
    .use(ownPassword(services, parts))
    .use(secondFactor(services))
    .use(ownPasskeys(services));

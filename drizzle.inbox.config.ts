import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/db/schema/inbox/index.ts',
  out: './migrations/inbox',
});

import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** The environment, documented by its own schema; docs/deploy lists what stands here. */
export const ConfigSchema = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('port to listen on; 0 picks a free one'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  DATABASE_URL: z.string().optional().describe('a PostgreSQL with PostGIS; absent: the embedded database'),
  DATA_FOLDER: z.string().default('data/local').describe('folder of the embedded database and of uploads'),
  SEAL_KEY: z
    .base64()
    .length(44)
    .optional()
    .describe('key that seals personal data, 32 bytes in base64; absent: seal.key in DATA_FOLDER, made once'),
  PUBLIC_URL: z.url().optional().describe('address that browsers use; https makes the login cookie Secure'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SIMULATOR: flag
    .optional()
    .describe('live traffic from the simulator; on by default in the embedded demo town'),
  SIMULATOR_SPEED: z.coerce
    .number()
    .positive()
    .max(60)
    .default(1)
    .describe('factor of the simulated movement'),
  OSRM_URL: z.url().optional().describe('an OSRM server for travel times; absent: the own road graph'),
  OSRM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(10)
    .max(5000)
    .default(200)
    .describe('after this the own model answers'),
  PRIVATE_HOSTS: z
    .string()
    .optional()
    .describe(
      'hosts of the own network (name or name:port, by commas) that webhooks and robots may reach, also by http',
    ),
  REDIS_URL: z.string().optional().describe('joins several server processes'),
  BASEMAP: z.enum(['offline', 'tianditu', 'raster', 'pmtiles']).default('offline'),
  BASEMAP_URL: z.string().optional().describe('tile address of a raster or PMTiles base map'),
  TIANDITU_TK: z.string().optional().describe('key of the operator for Tianditu tiles'),
  TRUST_PROXY: flag.default(false).describe('read the client address from X-Forwarded-For'),
});
export type Config = z.infer<typeof ConfigSchema>;

/** Reads the environment once; throws with the name of each variable that is wrong and what it may be. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = ConfigSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment has wrong settings:\n${lines.join('\n')}`);
}

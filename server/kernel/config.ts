import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** The environment, documented by its own schema; docs/deploy lists what stands here. */
export const ConfigSchema = z
  .object({
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
      .describe(
        'key that seals personal data, 32 bytes in base64; absent: seal.key in DATA_FOLDER, made once',
      ),
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
    BASEMAP: z
      .enum(['offline', 'tianditu', 'raster', 'pmtiles'])
      .default('offline')
      .describe("a picture under the town's own layers"),
    BASEMAP_URL: z
      .string()
      .optional()
      .describe('raster: an address with {z}, {x}, {y}; pmtiles: an address or a file of this machine'),
    BASEMAP_CRS: z
      .enum(['wgs84', 'cgcs2000'], 'wgs84 or cgcs2000: tiles in GCJ-02 would lie 500 m off')
      .default('wgs84')
      .describe('datum of the tiles of BASEMAP_URL'),
    BASEMAP_ATTRIBUTION: z.string().optional().describe('whose picture it is, shown on the map'),
    TIANDITU_TK: z.string().optional().describe('key of the operator for Tianditu tiles'),
    TIANDITU_STYLE: z.enum(['vec', 'img', 'ter']).default('vec').describe('streets, satellite or terrain'),
    TRUST_PROXY: flag.default(false).describe('read the client address from X-Forwarded-For'),
  })
  .superRefine(({ BASEMAP, BASEMAP_URL, TIANDITU_TK }, context) => {
    const missing = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (BASEMAP === 'tianditu' && !TIANDITU_TK)
      missing('TIANDITU_TK', 'BASEMAP=tianditu needs the key of the operator');
    if (BASEMAP === 'raster' && !/^https?:\/\/.*\{z\}/.test(BASEMAP_URL ?? ''))
      missing('BASEMAP_URL', 'BASEMAP=raster needs an address with {z}, {x} and {y}');
    if (BASEMAP === 'pmtiles' && !BASEMAP_URL)
      missing('BASEMAP_URL', 'BASEMAP=pmtiles needs the address of an archive or a file of this machine');
  });
export type Config = z.infer<typeof ConfigSchema>;

/** Reads the environment once; throws with the name of each variable that is wrong and what it may be. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = ConfigSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment has wrong settings:\n${lines.join('\n')}`);
}

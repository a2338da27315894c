import { accessSync, constants, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Changes whenever what is prepared changes, so that an older preparation is left alone. */
const layout = 1;

/** Where things made once from the installed packages are kept: with the packages, else with the data. */
export function cacheFolder(home: string): string {
  const version = `${packageVersion('@electric-sql/pglite')}-${packageVersion('@electric-sql/pglite-postgis')}-${layout}`;
  const packages = join(import.meta.dirname, '../../../node_modules');
  const inPackages = join(packages, '.cache/grid-dispatch', `pglite-${version}`);
  try {
    accessSync(packages, constants.W_OK);
    mkdirSync(inPackages, { recursive: true });
    return inPackages;
  } catch {
    const inData = join(home, `.prepared-${version}`);
    mkdirSync(inData, { recursive: true });
    return inData;
  }
}

function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  const [root] = require.resolve(name).split(join('/', 'dist', '/'));
  return (require(join(root!, 'package.json')) as { version: string }).version;
}

import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Keeps the product from being sent into its own network: an address is resolved once, refused when any of its numbers
 * is not on the public internet, and the connection goes to the number that was checked.
 */

/** Special-purpose networks (IANA registries, RFC 6890 and later); of IPv6 only 2000::/3 is public at all. */
const special: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
];
// one list each: a single one would find every IPv4 address in ::/3, mapped
const closed = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix, family] of special) closed[family].addSubnet(net, prefix, family);

/** True for an address of the public internet. An IPv4 address in IPv6 clothes is never public here. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return !closed[family].check(address, family);
}

/** Host to addresses; tests give their own. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** What may be reached. `privateHosts`: names, or name:port, that the operator listed. */
export interface Network {
  readonly privateHosts: ReadonlySet<string>;
  readonly resolve: Resolve;
}

/** Reads the operator's list (config PRIVATE_HOSTS). */
export const readHosts = (list: string | undefined): ReadonlySet<string> =>
  new Set(
    (list ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  );

export type AddressRefusal =
  | 'address_malformed' // no http or https address, or one with a name and password
  | 'address_insecure' // http without the operator's word
  | 'address_private' // one of its numbers is not public
  | 'address_unknown'; // the name has no number

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const isListed = (url: URL, { privateHosts }: Pick<Network, 'privateHosts'>): boolean =>
  privateHosts.has(hostOf(url)) || privateHosts.has(url.host);

/** What can be said of an address without asking for its numbers; null when nothing is wrong. */
export function addressRefusal(
  address: string,
  network: Pick<Network, 'privateHosts'>,
): AddressRefusal | null {
  if (!URL.canParse(address)) return 'address_malformed';
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return 'address_malformed';
  if (isListed(url, network)) return null;
  if (url.protocol !== 'https:') return 'address_insecure';
  const host = hostOf(url);
  if (isIP(host) !== 0) return isPublic(host) ? null : 'address_private';
  return host === 'localhost' || host.endsWith('.localhost') ? 'address_private' : null;
}

/** Where to connect: the address, and the number to which it was pinned. */
export type Checked =
  | { readonly ok: true; readonly url: URL; readonly pinned: string }
  | { readonly ok: false; readonly refusal: AddressRefusal };

export async function checkAddress(address: string, network: Network): Promise<Checked> {
  const refusal = addressRefusal(address, network);
  if (refusal !== null) return { ok: false, refusal };
  const url = new URL(address);
  const host = hostOf(url);
  const numbers = isIP(host) === 0 ? await network.resolve(host).catch(() => []) : [host];
  const [pinned] = numbers;
  if (pinned === undefined) return { ok: false, refusal: 'address_unknown' };
  if (!isListed(url, network) && !numbers.every((number) => isPublic(number)))
    return { ok: false, refusal: 'address_private' };
  return { ok: true, url, pinned };
}

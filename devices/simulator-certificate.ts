/**
 * The self-signed certificate of simulated devices that speak https. Its key is public by being here, and protects nothing:
 * only tests and simulators may use it.
 */
export const simulatorCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdT9uKToK2DmbI8Je
Uaxh6HMNOiYGxhSZog51f7Ho1BehRANCAAROAHE829vkZe9y4Q6lY+WNLWjDMLpY
0qdzz9gik+HpjrUjSPTPkIPMXD1AAiNdfTuSjhtxzcnPnoG2/XGxv3au
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBjTCCATOgAwIBAgIUQUyj4KeXa818Tc54/l36r0tER7YwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc2ltdWxhdGVkIGNhbWVyYTAgFw0yNjExMjIwMTUyMjdaGA8y
MTI2MTAyOTAxNTIyN1owGzEZMBcGA1UEAwwQc2ltdWxhdGVkIGNhbWVyYTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABE4AcTzb2+Rl73LhDqVj5Y0taMMwuljSp3PP
2CKT4emOtSNI9M+Qg8xcPUACI119O5KOG3HNyc+egbb9cbG/dq6jUzBRMB0GA1Ud
DgQWBBSHCt5feHNMUrqzHdwlFMRHwfbFhTAfBgNVHSMEGDAWgBSHCt5feHNMUrqz
HdwlFMRHwfbFhTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDc
apwkWvhDokOb19DoNIXIa+HY6b/1B9zQ/NsrrKPYKwIgMjvLOznItVt27xIO3Ils
zWbdZ7bc1chA+sNzU0SSYuQ=
-----END CERTIFICATE-----
`,
} as const;

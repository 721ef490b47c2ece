# Shell functions (source it, after layout.sh): the cluster's certificates and kubeconfigs, made with openssl.
# They last a year, and are made anew when less than a month is left.

MONTH=2592000

make_pki() {
    mkdir -p "$PKI"
    chmod 700 "$PKI"
    if _expired ca || _expired front-proxy-ca; then rm -f "$PKI"/*; fi
    _authority ca "CN=brr-ca"
    _authority front-proxy-ca "CN=brr-front-proxy-ca"
    _key service-account
    _certificate apiserver ca "CN=kube-apiserver" "$(_apiserver_names)" &
    _certificate kubelet-server ca "CN=$NODE_NAME" "DNS:$NODE_NAME,IP:$NODE_IP,IP:127.0.0.1" &
    _certificate apiserver-kubelet-client ca "O=system:masters/CN=kube-apiserver-kubelet-client" &
    _certificate front-proxy-client front-proxy-ca "CN=front-proxy-client" &
    _user admin "O=system:masters/CN=brr-admin" &
    _user controller-manager "CN=system:kube-controller-manager" &
    _user scheduler "CN=system:kube-scheduler" &
    _user kubelet "O=system:nodes/CN=system:node:$NODE_NAME" &
    _user kube-proxy "CN=system:kube-proxy" &
    _user coredns "CN=brr:coredns" &
    _user prometheus "CN=brr:prometheus" &
    wait
    _all_made
    install -m 600 "$PKI/admin.conf" "$ADMIN_CONF"
}

_apiserver_names() {
    printf 'DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,'
    printf 'DNS:kubernetes.default.svc.%s,DNS:localhost,' "$CLUSTER_DOMAIN"
    printf 'IP:%s,IP:%s,IP:127.0.0.1' "$NODE_IP" "$KUBERNETES_SERVICE_IP"
}

_all_made() {
    local key name
    for key in "$PKI"/*.key; do
        name=$(basename "$key" .key)
        [ "$name" = service-account ] || ! _expired "$name" || die "openssl made no certificate for $name in $PKI"
    done
}

_expired() { ! openssl x509 -in "$PKI/$1.crt" -noout -checkend "$MONTH" >/dev/null 2>&1; }

_key() {
    [ -s "$PKI/$1.key" ] || (umask 077 && openssl genrsa -out "$PKI/$1.key" 2048 2>/dev/null)
}

_authority() {
    _expired "$1" || return 0
    _key "$1"
    openssl req -x509 -new -key "$PKI/$1.key" -subj "/$2" -days 3650 -out "$PKI/$1.crt" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
}

# _certificate NAME AUTHORITY SUBJECT [NAMES]: fit for a client and, with names, for a server.
_certificate() {
    _expired "$1" || return 0
    local extensions=$PKI/$1.ext
    _key "$1"
    {
        printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\n'
        printf 'extendedKeyUsage=clientAuth%s\n' "${4:+,serverAuth}"
        [ -z "${4:-}" ] || printf 'subjectAltName=%s\n' "$4"
    } >"$extensions"
    openssl req -new -key "$PKI/$1.key" -subj "/$3" 2>/dev/null |
        openssl x509 -req -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -set_serial "0x$(openssl rand -hex 8)" \
            -days 365 -extfile "$extensions" -out "$PKI/$1.crt" 2>/dev/null
    rm -f "$extensions"
}

# _user NAME SUBJECT: a client certificate and the kubeconfig that carries it.
_user() {
    _certificate "$1" ca "$2"
    (
        umask 077
        cat >"$PKI/$1.conf" <<EOF
apiVersion: v1
kind: Config
clusters:
  - name: brr
    cluster:
      server: https://$NODE_IP:$API_PORT
      certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
  - name: $1
    user:
      client-certificate-data: $(base64 -w0 "$PKI/$1.crt")
      client-key-data: $(base64 -w0 "$PKI/$1.key")
contexts:
  - name: brr
    context: {cluster: brr, user: $1}
current-context: brr
EOF
    )
}

# Shell functions (source it, after processes.sh and config.sh): etcd, the API server, its controllers, the scheduler.

start_etcd() {
    # The cluster is made anew after a crash anyway, so nothing waits for the disk.
    start etcd etcd --name brr --data-dir "$BRR_STATE/etcd" --unsafe-no-fsync --logger zap --log-level warn \
        --listen-client-urls "http://127.0.0.1:$ETCD_PORT" --advertise-client-urls "http://127.0.0.1:$ETCD_PORT" \
        --listen-peer-urls "http://127.0.0.1:$ETCD_PEER_PORT" \
        --initial-advertise-peer-urls "http://127.0.0.1:$ETCD_PEER_PORT" \
        --initial-cluster "brr=http://127.0.0.1:$ETCD_PEER_PORT"
}

etcd_answers() { curl -fsS --noproxy '*' "http://127.0.0.1:$ETCD_PORT/health"; }

start_apiserver() {
    render audit-policy.yaml
    local flags=(
        --bind-address "$NODE_IP" --advertise-address "$NODE_IP" --secure-port "$API_PORT"
        --etcd-servers "http://127.0.0.1:$ETCD_PORT"
        --service-cluster-ip-range "$SERVICE_CIDR"
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --allow-privileged
        --client-ca-file "$PKI/ca.crt" --tls-cert-file "$PKI/apiserver.crt" --tls-private-key-file "$PKI/apiserver.key"
        --service-account-issuer "https://kubernetes.default.svc.$CLUSTER_DOMAIN"
        --service-account-key-file "$PKI/service-account.key"
        --service-account-signing-key-file "$PKI/service-account.key"
        --kubelet-certificate-authority "$PKI/ca.crt"
        --kubelet-client-certificate "$PKI/apiserver-kubelet-client.crt"
        --kubelet-client-key "$PKI/apiserver-kubelet-client.key"
        --kubelet-preferred-address-types InternalIP
        --requestheader-client-ca-file "$PKI/front-proxy-ca.crt" --requestheader-allowed-names front-proxy-client
        --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group
        --requestheader-extra-headers-prefix X-Remote-Extra-
        --proxy-client-cert-file "$PKI/front-proxy-client.crt" --proxy-client-key-file "$PKI/front-proxy-client.key"
        --audit-policy-file "$CONFIG/audit-policy.yaml" --audit-log-path "$AUDIT_LOG"
        --audit-log-maxsize 50 --audit-log-maxbackup 2
    )
    start kube-apiserver "$KUBERNETES_BIN/kube-apiserver" "${flags[@]}"
}

apiserver_ready() {
    curl -fsS --noproxy '*' --max-time 2 --cacert "$PKI/ca.crt" "https://$NODE_IP:$API_PORT/readyz"
}

start_controller_manager() {
    local conf=$PKI/controller-manager.conf
    start kube-controller-manager "$KUBERNETES_BIN/kube-controller-manager" \
        --kubeconfig "$conf" --authentication-kubeconfig "$conf" --authorization-kubeconfig "$conf" \
        --flex-volume-plugin-dir "$BRR_STATE/volume-plugins" \
        --bind-address 127.0.0.1 --leader-elect=false --controllers '*,-nodeipam' --use-service-account-credentials \
        --root-ca-file "$PKI/ca.crt" --service-account-private-key-file "$PKI/service-account.key" \
        --cluster-signing-cert-file "$PKI/ca.crt" --cluster-signing-key-file "$PKI/ca.key" \
        --client-ca-file "$PKI/ca.crt" --requestheader-client-ca-file "$PKI/front-proxy-ca.crt"
}

start_scheduler() {
    local conf=$PKI/scheduler.conf
    start kube-scheduler "$KUBERNETES_BIN/kube-scheduler" \
        --kubeconfig "$conf" --authentication-kubeconfig "$conf" --authorization-kubeconfig "$conf" \
        --bind-address 127.0.0.1 --leader-elect=false
}

controller_manager_answers() { curl -fsSk --noproxy '*' https://127.0.0.1:10257/healthz; }
scheduler_answers() { curl -fsSk --noproxy '*' https://127.0.0.1:10259/healthz; }

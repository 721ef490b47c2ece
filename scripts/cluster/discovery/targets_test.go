package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func pod(ports ...corev1.ContainerPort) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Namespace:   "default",
			Name:        "petstore-1",
			Labels:      map[string]string{"app.kubernetes.io/instance": "petstore"},
			Annotations: map[string]string{"prometheus.io/scrape": "true"},
		},
		Spec:   corev1.PodSpec{Containers: []corev1.Container{{Name: "service", Ports: ports}}},
		Status: corev1.PodStatus{PodIP: "10.244.0.9", Phase: corev1.PodRunning},
	}
}

func port(name string, number int32) corev1.ContainerPort {
	return corev1.ContainerPort{Name: name, ContainerPort: number}
}

func TestEachDeclaredPortIsATargetWithTheLabelsOfPrometheus(t *testing.T) {
	// when
	found := targets([]*corev1.Pod{pod(port("http", 8080))})

	// then
	if len(found) != 1 || found[0].Targets[0] != "10.244.0.9:8080" {
		t.Fatalf("targets: %v", found)
	}
	for name, value := range map[string]string{
		"__meta_kubernetes_namespace":                                   "default",
		"__meta_kubernetes_pod_name":                                    "petstore-1",
		"__meta_kubernetes_pod_phase":                                   "Running",
		"__meta_kubernetes_pod_container_name":                          "service",
		"__meta_kubernetes_pod_container_port_name":                     "http",
		"__meta_kubernetes_pod_container_port_number":                   "8080",
		"__meta_kubernetes_pod_label_app_kubernetes_io_instance":        "petstore",
		"__meta_kubernetes_pod_annotation_prometheus_io_scrape":         "true",
		"__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape":  "true",
		"__meta_kubernetes_pod_labelpresent_app_kubernetes_io_instance": "true",
	} {
		if got := found[0].Labels[name]; got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

func TestTheManagementPortIsPreferred(t *testing.T) {
	for _, each := range []struct {
		pod  *corev1.Pod
		want string
	}{
		{pod(port("http", 8080), port("management", 9090)), "management"},
		{pod(port("http", 8080)), "http"},
		{pod(), "http"},
	} {
		if got := metricsPortName(each.pod); got != each.want {
			t.Errorf("metrics port of %v is %s, want %s", each.pod.Spec.Containers[0].Ports, got, each.want)
		}
	}
}

func TestAContainerWithoutPortsIsTheBareAddress(t *testing.T) {
	// when
	found := targets([]*corev1.Pod{pod()})

	// then
	if len(found) != 1 || found[0].Targets[0] != "10.244.0.9" {
		t.Fatalf("targets: %v", found)
	}
}

func TestAPodWithoutAddressIsNoTarget(t *testing.T) {
	// given
	pending := pod(port("http", 8080))
	pending.Status.PodIP = ""

	// when
	found := targets([]*corev1.Pod{pending})

	// then
	if text, _ := json.Marshal(found); string(text) != "[]" {
		t.Fatalf("Prometheus wants an empty list, not %s", text)
	}
}

func TestReplaceLeavesOneWholeFile(t *testing.T) {
	// given
	path := filepath.Join(t.TempDir(), "pods.json")

	// when
	for _, each := range [][]*corev1.Pod{{pod(port("http", 1)), pod(port("http", 2))}, {pod(port("http", 3))}} {
		if err := replace(path, targets(each)); err != nil {
			t.Fatal(err)
		}
	}

	// then
	var read []target
	text, _ := os.ReadFile(path)
	if err := json.Unmarshal(text, &read); err != nil || len(read) != 1 || read[0].Targets[0] != "10.244.0.9:3" {
		t.Fatalf("%s: %v", text, err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
		t.Fatalf("left: %v", left)
	}
}

package dev.brr.petstore;

import dev.brr.petstore.Pets.WhenFull;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The store's content. It begins with the examples of the document, and ends with the process. */
final class PetStore {
    private static final int CAPACITY = 1000;

    private final Pets pets;
    private final Shelf<String, User> users;
    private final Shelf<String, Item> items;
    private final Shelf<String, String> webhooks;
    private final AtomicLong lastWebhook = new AtomicLong(122);

    /** A thing to buy for a pet. */
    record Item(String id, String name) {}

    PetStore(WhenFull whenFull) {
        this(CAPACITY, whenFull);
    }

    /** @param capacity how many pets, how many items and how many webhooks there may be */
    PetStore(int capacity) {
        this(capacity, WhenFull.REFUSE);
    }

    /**
     * Opens a store.
     *
     * @param capacity how many pets, how many items and how many webhooks there may be
     * @param whenFull what happens to one pet too many; anything else is refused then
     */
    PetStore(int capacity, WhenFull whenFull) {
        List<Pet> examples = List.of(
                new Pet(12345, "Max", "Golden Retriever", 3, true, List.of("friendly", "trained")),
                new Pet(67890, "Bella", "Labrador", 2, true, List.of("puppy", "playful")));
        pets = new Pets(examples, capacity, 67891, whenFull);
        users = new Shelf<>(capacity);
        items = new Shelf<>(capacity);
        webhooks = new Shelf<>(capacity);
        List<User.Post> posts = List.of(
                new User.Post("post1", "Hello", "A first word to everybody."),
                new User.Post("post2", "Again", "And a second one."));
        users.put("abc-123", new User("abc-123", "John", "john@example.com", posts));
        users.put("def-456", new User("def-456", "Jane", "jane@example.com", List.of()));
        items.put("item-001", new Item("item-001", "Sample Item"));
    }

    List<Pet> pets() {
        return pets.all();
    }

    Optional<Pet> pet(long id) {
        return pets.get(id);
    }

    /** Adds a pet under the next id; nothing when the store is full. */
    Optional<Pet> add(Pet pet) {
        return pets.add(pet);
    }

    List<User> users() {
        return users.all();
    }

    Optional<User> user(String id) {
        return users.get(id);
    }

    boolean removeUser(String id) {
        return users.remove(id);
    }

    List<Item> items() {
        return items.all();
    }

    Optional<Item> item(String id) {
        return items.get(id);
    }

    /** Creates or renames an item; nothing when the store is full. */
    Optional<Item> save(Item item) {
        return items.put(item.id(), item) ? Optional.of(item) : Optional.empty();
    }

    /** Notes a webhook and gives its subscription's id; nothing when the store is full. */
    Optional<String> subscribe(String url) {
        String id = "sub_" + lastWebhook.incrementAndGet();
        return webhooks.put(id, url) ? Optional.of(id) : Optional.empty();
    }
}

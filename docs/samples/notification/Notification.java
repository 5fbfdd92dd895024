// Checks the secure hash of a notice, whose body comes on standard input.
// Then hold reference, amount and currency against your own order, and ask for the status:
// the hash does not cover it.
// Gson reads the JSON: java -cp gson.jar Notification.java

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Notification {
  public static void main(String[] args) throws Exception {
    String body = new String(System.in.readAllBytes(), UTF_8);
    JsonObject notice = JsonParser.parseString(body).getAsJsonObject();
    String expected = secureHash(
        notice.get("client_invoice_ref").getAsString(),
        notice.get("invoice_number").getAsString(),
        notice.get("amount_paid").getAsString(),
        notice.get("payment_date").getAsString());

    String given = notice.get("secure_hash").getAsString();
    boolean genuine = MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    System.out.println(genuine ? "genuine" : "forged");
    System.exit(genuine ? 0 : 1);
  }

  /** base64 of the lower-case hex of the HMAC. */
  static String secureHash(String... values) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(env("KEY").getBytes(UTF_8), "HmacSHA256"));
    byte[] digest = mac.doFinal((String.join("", values) + env("SECRET")).getBytes(UTF_8));
    String hex = String.format("%064x", new BigInteger(1, digest));
    return Base64.getEncoder().encodeToString(hex.getBytes(UTF_8));
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
